/** An id that nothing has. */
export const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";
