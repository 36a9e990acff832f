import { length } from "./format";

const minute = 60_000;

/** The lengths of time that can be chosen, in milliseconds. */
export const spans: readonly number[] = [5, 15, 60, 180, 720, 1440].map((minutes) => minutes * minute);

interface Props {
  readonly span: number;
  onChange(span: number): void;
}

/** Chooses how far back to look. */
export function SpanSelect({ span, onChange }: Props) {
  const offered = spans.includes(span) ? spans : [...spans, span].sort((a, b) => a - b);
  return (
    <label>
      Last
      <select value={span} onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}>
        {offered.map((each) => (
          <option key={each} value={each}>
            {length(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
