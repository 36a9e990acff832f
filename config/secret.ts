/**
 * Stands for a secret whose value can't be had, as in a plan made without the stack's passphrase.
 * Accepted wherever a secret is, and reads well wherever a value is shown.
 */
export const UNKNOWN_SECRET = "[secret]";

/** Whether the value stands for a secret; what follows the word tells one from another. */
export const isUnknownSecret = (value: unknown): boolean =>
  typeof value === "string" && value.startsWith(UNKNOWN_SECRET);
