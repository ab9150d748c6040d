/** Characters that a terminal obeys or that nobody sees: controls, bidirectional and zero-width ones, fillers, halves of pairs. */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
