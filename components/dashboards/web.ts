/** A panel over log messages. */
export interface LogPanel {
  readonly key: string;
  readonly title: string;
  readonly query: string;
}

/** What a dashboard shows, panel after panel. */
export interface DashboardSpec {
  readonly title: string;
  readonly panels: readonly LogPanel[];
}

/** The web servers: requests a second per server, their peak, and the answers by class of status. */
export function webDashboard(categoryPrefix: string): DashboardSpec {
  const access = `_sourceCategory=${categoryPrefix}/nginx/access`;
  return {
    title: "Web",
    panels: [
      {
        key: "qps",
        title: "Requests a second, by server",
        query: `${access} | timeslice 1m | count by _timeslice, _sourceHost | _count / 60 as qps | fields - _count | transpose row _timeslice column _sourceHost`,
      },
      {
        key: "qps-peak",
        title: "Peak and mean requests a second, by server",
        query: `${access} | timeslice 1s | count as rps by _timeslice, _sourceHost | max(rps) as peak, sum(rps) as requests by _sourceHost | queryTimeRange() as range | 1000 * requests / range as mean | fields _sourceHost, peak, mean | sort by peak`,
      },
      {
        key: "status",
        title: "Answers by class of status",
        query: `${access} | json "status" | floor(status / 100) as class | timeslice 1m | count by _timeslice, class | transpose row _timeslice column class`,
      },
      {
        key: "latency",
        title: "Answer time in seconds, 95th percentile, by server",
        query: `${access} | json "duration" | timeslice 1m | pct(duration, 95) as p95 by _timeslice, _sourceHost | transpose row _timeslice column _sourceHost`,
      },
    ],
  };
}
