/** When a thing was made. What has no such date, or none that can be understood, is as old as can be: nobody waits for it to age. */
export const epochMs = (date: Date | undefined): number => date?.getTime() || 0;
