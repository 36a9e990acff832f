/** A log message with its metadata, as it is stored. Times are milliseconds since the epoch. */
export interface LogRecord {
  readonly time: number;
  readonly receipt: number;
  readonly collector: string;
  readonly source: string;
  readonly name: string;
  readonly host: string;
  readonly category: string;
  readonly raw: string;
  /** The declared fields, as a JSON object of strings. */
  readonly fields: string;
}

/** One value of one time series; what tells series apart is their dimensions, `metric` among them. */
export interface MetricPoint {
  readonly time: number;
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A time series with its points in the order of their time. */
export interface Series {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly points: readonly { readonly time: number; readonly value: number }[];
}
