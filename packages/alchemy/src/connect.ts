import type { Cloud } from "./cloud.ts";
import type { CommonProps } from "./common-props.ts";

/** Reaches the cloud that a resource's props name. */
export type Connect = (props: CommonProps) => Promise<Cloud>;
