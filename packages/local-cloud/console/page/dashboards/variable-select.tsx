import type { VariableView } from "../../shapes";

interface Props {
  readonly variable: VariableView;
  readonly value: string;
  onChange(value: string): void;
}

/** Chooses the value of a dashboard's variable. */
export function VariableSelect({ variable: { label, choices }, value, onChange }: Props) {
  const offered = value === "" || choices.includes(value) ? choices : [value, ...choices];
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {offered.map((choice) => (
          <option key={choice} value={choice}>
            {choice === "*" ? "all" : choice}
          </option>
        ))}
      </select>
    </label>
  );
}
