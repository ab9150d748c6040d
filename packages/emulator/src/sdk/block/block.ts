import type { Blockv1, Blockv1alpha1 } from "@scaleway/sdk-block";

/** Both versions of the API say the same. */
export type Block = Blockv1.API | Blockv1alpha1.API;
