import { numberOf, textOf, type Value } from "./values";

/** Computes one value from the values of many rows. */
export interface Accumulator {
  add(value: Value): void;
  result(): Value;
}

/** By the names of their operators: all that take a field and give one value. */
export const accumulators: Readonly<Record<string, () => Accumulator>> = {
  count: () => folding<number>(0, (count, value) => (value === null ? count : count + 1)),
  count_distinct: () => {
    const seen = new Set<string>();
    return { add: (value) => value !== null && void seen.add(textOf(value)), result: () => seen.size };
  },
  sum: () => numeric((numbers) => numbers.sum),
  avg: () => numeric((numbers) => numbers.sum / numbers.count),
  min: () => numeric((numbers) => numbers.min),
  max: () => numeric((numbers) => numbers.max),
  stddev: () => numeric((numbers) => Math.sqrt(numbers.squares / numbers.count)),
  first: () => folding<Value>(null, (first, value) => first ?? value),
  last: () => folding<Value>(null, (last, value) => value ?? last),
  median: () => percentile(50),
  values: () => {
    const seen = new Set<string>();
    return {
      add: (value) => value !== null && void seen.add(textOf(value)),
      result: () => [...seen].join("\n"),
    };
  },
};

/** The value below which `percent` of the values lie, between two of them where it falls there. */
export function percentile(percent: number): Accumulator {
  const numbers: number[] = [];
  return {
    add(value) {
      const number = numberOf(value);
      if (number !== undefined) numbers.push(number);
    },
    result() {
      numbers.sort((a, b) => a - b);
      const place = ((numbers.length - 1) * percent) / 100;
      const [below, above] = [numbers[Math.floor(place)], numbers[Math.ceil(place)]];
      if (below === undefined || above === undefined) return null;
      return below + (above - below) * (place - Math.floor(place));
    },
  };
}

interface Numbers {
  count: number;
  sum: number;
  min: number;
  max: number;
  mean: number;
  /** Sum of the squared distances from the mean. */
  squares: number;
}

/** What is no number is passed over; without any number the result is null. */
function numeric(result: (numbers: Numbers) => number): Accumulator {
  const seen = { count: 0, sum: 0, min: Infinity, max: -Infinity, mean: 0, squares: 0 };
  return {
    add(value) {
      const number = numberOf(value);
      if (number === undefined) return;
      seen.count += 1;
      seen.sum += number;
      seen.min = Math.min(seen.min, number);
      seen.max = Math.max(seen.max, number);
      const distance = number - seen.mean;
      seen.mean += distance / seen.count;
      seen.squares += distance * (number - seen.mean);
    },
    result: () => (seen.count === 0 ? null : result(seen)),
  };
}

function folding<T extends Value>(start: T, fold: (so_far: T, value: Value) => T): Accumulator {
  let soFar = start;
  return {
    add(value) {
      soFar = fold(soFar, value);
    },
    result: () => soFar,
  };
}
