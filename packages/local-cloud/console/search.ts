import { isAggregate } from "../sumologic/query/log-query";
import type { Queries } from "../sumologic/query/queries";
import { QueryError } from "../sumologic/query/query-error";
import { type Row, textOf } from "../sumologic/query/values";
import type { MessageView, SearchView } from "./shapes";

/** Messages and records that are shown. */
const most = 200;
/** Length of the time that is looked at first, in milliseconds, and what it is multiplied by until there is enough. */
const firstSpan = 15_000;
const growth = 4;

/** The newest messages that a query finds in the last `span` milliseconds, or the records it makes of all. */
export async function search(
  queries: Queries,
  text: string,
  { now, span }: { readonly now: number; readonly span: number },
): Promise<SearchView> {
  try {
    const query = queries.parseLogQuery(text);
    // What arrives in this very millisecond too.
    const to = now + 1;
    if (isAggregate(query)) {
      const { columns, rows } = await queries.runLogQuery(query, { from: to - span, to });
      return {
        kind: "records",
        columns,
        rows: rows.slice(0, most).map((row) => columns.map((name) => row[name] ?? null)),
      };
    }
    // The last minute of a busy site has more messages than are shown: the whole range is read only where it must be.
    for (let length = Math.min(firstSpan, span); ; length = Math.min(length * growth, span)) {
      const { rows } = await queries.runLogQuery(query, { from: to - length, to });
      if (rows.length >= most || length === span) {
        return { kind: "messages", messages: rows.slice(0, most).map(shown), more: rows.length > most };
      }
    }
  } catch (error) {
    if (error instanceof QueryError) return { kind: "failed", message: error.message };
    throw error;
  }
}

function shown(row: Row): MessageView {
  return {
    id: Number(row._messageId),
    time: Number(row._messageTime),
    host: textOf(row._sourceHost),
    category: textOf(row._sourceCategory),
    text: textOf(row._raw),
  };
}
