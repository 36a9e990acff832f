import type { Range } from "../functions";
import { extended, type LogOperator } from "../operator";
import { durationText, fieldText, type Tokens } from "../tokens";
import { numberOf } from "../values";
import { readAlias } from "./reading";

/** Lengths that a slice may have where only their number is asked for, in milliseconds. */
const lengths = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400, 604_800,
].map((seconds) => seconds * 1000);

/** `timeslice 1m as name`, `timeslice 60 buckets`: the beginning of the slice of time that a message is in. */
export function timeslice(tokens: Tokens): LogOperator {
  tokens.accept("by");
  const length = tokens.acceptDuration();
  const buckets =
    length === undefined && tokens.peek().kind === "number" ? tokens.integer("a number") : undefined;
  if (buckets !== undefined) tokens.expect("buckets");
  if (length === 0 || buckets === 0) tokens.unexpected("a length above 0 before");
  const name = readAlias(tokens) ?? "_timeslice";
  const size =
    length === undefined ? (buckets === undefined ? "" : ` ${buckets} buckets`) : ` ${durationText(length)}`;
  const names = [name, "__timeslice_end"];
  return {
    text: `timeslice${size}${name === "_timeslice" ? "" : ` as ${fieldText(name)}`}`,
    reads: ["_messageTime"],
    fields(before) {
      return before.with(names);
    },
    stage: {
      kind: "each",
      columns: (before) => extended(before, names),
      start(range) {
        const slice = sliceLength(range, length, buckets);
        return (row) => {
          const begin = Math.floor((numberOf(row._messageTime) ?? 0) / slice) * slice;
          return { ...row, [name]: begin, __timeslice_end: begin + slice };
        };
      },
    },
  };
}

function sliceLength({ from, to, scale = 1 }: Range, length: number | undefined, buckets = 1): number {
  if (length !== undefined) return length / scale;
  const wanted = (to - from) / buckets;
  return lengths.find((each) => each >= wanted) ?? wanted;
}
