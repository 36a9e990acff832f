/** The text of a panel: headings and items as such, all else as it is written. */
export function Text({ text }: { text: string }) {
  const lines = text.split("\n").map((line, index) => ({ line, key: `${index} ${line}` }));
  return (
    <div class="text">
      {lines.map(({ line, key }) => {
        const heading = /^#+\s+(.*)/.exec(line);
        return heading ? <h4 key={key}>{heading[1]}</h4> : <p key={key}>{line.replace(/^[-*]\s+/, "• ")}</p>;
      })}
    </div>
  );
}
