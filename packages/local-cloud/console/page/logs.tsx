import { useRef, useState } from "preact/hooks";
import type { MessageView, SearchView } from "../shapes";
import { DataTable } from "./data-table";
import { count, dateAndTime, time } from "./format";
import { usePoll } from "./poll";
import { SpanSelect, spans } from "./spans";

/** The newest messages that a query finds, followed as they come in. */
export function LogsView() {
  const [query, setQuery] = useState("*");
  const [span, setSpan] = useState(spans[1] ?? 0);
  const [follow, setFollow] = useState(true);
  const [asked, setAsked] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const parameters = new URLSearchParams({ query, span: String(span), asked: String(asked) });
  const { data } = usePoll<SearchView>(`search?${parameters}`, follow ? 2000 : 0);
  return (
    <>
      <h1>Logs</h1>
      <search>
        <form
          class="toolbar"
          onSubmit={(event) => {
            event.preventDefault();
            setQuery(input.current?.value.trim() || "*");
            setAsked(asked + 1);
          }}
        >
          <label class="grow">
            Query
            <input
              ref={input}
              class="code"
              type="search"
              defaultValue={query}
              spellcheck={false}
              autocomplete="off"
              autocapitalize="none"
              placeholder="error, _sourceHost=web-1, * | count by _sourceCategory"
            />
          </label>
          <SpanSelect span={span} onChange={setSpan} />
          <label class="check">
            <input
              type="checkbox"
              checked={follow}
              onChange={({ currentTarget }) => setFollow(currentTarget.checked)}
            />
            Follow
          </label>
          <button type="submit">Search</button>
        </form>
      </search>
      {data && <Found found={data} />}
    </>
  );
}

function Found({ found }: { found: SearchView }) {
  if (found.kind === "failed") {
    return (
      <pre class="problem" role="alert">
        {found.message}
      </pre>
    );
  }
  if (found.kind === "records")
    return <DataTable label="Records" columns={found.columns} rows={found.rows} />;
  const { messages, more } = found;
  return (
    <>
      <p class="hint">
        {messages.length === 0
          ? "Nothing found."
          : `${more ? "The newest " : ""}${count(messages.length, "message")}`}
      </p>
      <ol class="messages">
        {messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ol>
    </>
  );
}

function Message({ message: { time: at, host, category, text } }: { message: MessageView }) {
  return (
    <li>
      <details>
        <summary>
          <time dateTime={new Date(at).toISOString()}>{time(at)}</time>
          <span class="host">{host}</span>
          <span class="category">{category.slice(category.lastIndexOf("/") + 1)}</span>
          <span class="line">{text}</span>
        </summary>
        <p class="hint">
          {dateAndTime(at)} · {host} · {category}
        </p>
        <pre>{pretty(text)}</pre>
      </details>
    </li>
  );
}

/** JSON with a line for each field, and any other text as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
