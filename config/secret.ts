/**
 * Stands for a secret whose value can't be had, as in a plan made without the stack's passphrase.
 * Accepted wherever a secret is, and reads well wherever a value is shown.
 */
export const UNKNOWN_SECRET = "[secret]";
