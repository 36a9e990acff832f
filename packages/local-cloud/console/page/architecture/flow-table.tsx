import type { Flow } from "../../shapes";
import { Scroll } from "../scroll";

/** Names that are written out; those beyond are counted. */
const most = 3;

/** Who may open a connection to whom: the picture's lines in words. */
export function FlowTable({ flows }: { flows: readonly Flow[] }) {
  if (flows.length === 0) return <p class="hint">The account holds nothing that talks.</p>;
  return (
    <Scroll label="What may talk to what">
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Port</th>
            <th scope="col">Let through by</th>
          </tr>
        </thead>
        <tbody>
          {flows.map(({ fromText, to, toText, ports, by }) => (
            <tr key={[fromText, to, ports].join("\n")}>
              <td>{fromText}</td>
              <td>{toText}</td>
              <td>{ports}</td>
              <td>{named(by)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function named(names: readonly string[]): string {
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
