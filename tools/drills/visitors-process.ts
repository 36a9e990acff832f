import { type Outcome, Visitors, type VisitorsOptions } from "./visitors";

/** What the visitors are told by the process that started them. */
export type Order = { readonly begin: VisitorsOptions } | "pause" | "resume" | "stop";

/** What they tell it. */
export type News = { readonly outcomes: readonly Outcome[] } | "full";

const newsEveryMs = 100;

/** Run as a process of its own: neither waits the load for the cloud's work in its parent, nor that for the load. */
function main(): void {
  let visitors: Visitors | undefined;
  let outcomes: Outcome[] = [];
  const send = (news: News) => process.send?.(news);
  const tell = () => {
    if (outcomes.length > 0) send({ outcomes });
    outcomes = [];
  };
  const obey = async (order: Order) => {
    if (order === "pause") visitors?.pause();
    else if (order === "resume") visitors?.resume();
    else if (order === "stop") {
      await visitors?.stop();
      tell();
      process.disconnect();
    } else {
      visitors = new Visitors(
        order.begin,
        (outcome) => outcomes.push(outcome),
        () => send("full"),
      );
    }
  };
  setInterval(tell, newsEveryMs);
  process.on("message", (order: Order) => void obey(order));
  process.on("disconnect", () => process.exit());
}

main();
