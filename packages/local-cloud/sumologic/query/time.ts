/**
 * A time in ISO 8601, in milliseconds since the epoch; NaN where it is none.
 * @param zone time zone of a time that names none.
 */
export function zonedTime(text: string, zone: string): number {
  if (/(Z|[+-]\d\d:?\d\d)$/.test(text)) return Date.parse(text);
  const local = Date.parse(/T/.test(text) ? `${text}Z` : `${text}T00:00:00Z`);
  return Number.isNaN(local) ? local : local - offset(local, zone);
}

/** How far ahead of UTC the zone's clocks are at about that time, in milliseconds. */
function offset(time: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const at = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
}
