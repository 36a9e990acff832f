/** The fields that every message has, by the column that holds them. */
export const metadata = {
  _messageTime: "time",
  _receiptTime: "receipt",
  _collector: "collector",
  _source: "source",
  _sourceName: "name",
  _sourceHost: "host",
  _sourceCategory: "category",
  _raw: "raw",
} as const;

export type MetadataField = keyof typeof metadata;

const names = new Map(
  [...Object.keys(metadata), "_messageId", "_timeslice", "__timeslice_end"].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** The field's name as it is kept: Sumo Logic's own fields are the same in upper and lower case. */
export function canonical(name: string): string {
  return names.get(name.toLowerCase()) ?? name;
}
