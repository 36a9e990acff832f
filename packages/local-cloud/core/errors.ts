/** An answer other than the one asked for; each API writes it in its own form. */
export class ApiError extends Error {
  /**
   * @param status HTTP status.
   * @param message what is wrong, as the API words it.
   * @param code the API's name for the error, where its status alone doesn't give it.
   * @param headers further headers of the answer.
   */
  constructor(
    readonly status: number,
    message: string,
    readonly code?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
