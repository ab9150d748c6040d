/** Something of ours that a guest gets beside its user's cloud-init. */
export interface GuestPart {
  /** In cloud-init's words: `text/cloud-boothook`. */
  type: string;
  name: string;
  text: string;
  /** How cloud-init is to merge it into what came before: https://docs.cloud-init.io/en/latest/reference/merging.html */
  mergeType?: string;
}
