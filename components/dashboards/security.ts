import { type DashboardMaker, logs, over } from "./panel";

/** Who tries what: logins, what the firewalls drop, broken TLS, visitors that ask too much. */
export const securityDashboard: DashboardMaker = (data) => {
  const guesses = `${data.journal("system", "preauth")} | where program matches "sshd*" | parse regex field=message "(?:invalid|authenticating) user (?<user>\\S*) (?<client>\\S+) port"`;
  const drops = (way: "in" | "out") =>
    `${data.logs("system")} "nftables drop ${way}" | json "MESSAGE" as message`;
  return {
    title: "Security",
    description: "Failed and successful logins, what the host firewalls drop, and TLS that fails.",
    panels: [
      logs(
        "line",
        "guesses",
        "Failed logins a minute, by server",
        `${guesses} | timeslice 1m | count by _timeslice, _sourceHost | ${over("_sourceHost")}`,
      ),
      logs(
        "table",
        "guesses-by-address",
        "Failed logins, by address",
        `${guesses} | count as guesses, count_distinct(user) as names by client | sort by guesses | limit 10`,
      ),
      logs(
        "table",
        "logins",
        "Logins",
        `${data.journal("system", '"Accepted publickey"')} | parse regex field=message "for (?<user>\\S+) from (?<client>\\S+) port" | count as logins by _sourceHost, user, client | sort by logins`,
      ),
      logs(
        "table",
        "sudo",
        "Commands run as root",
        `${data.journal("system", "sudo", "COMMAND")} | where program = "sudo" | parse regex field=message "^\\s*(?<user>\\S+) :.*COMMAND=(?<command>.*)" | count as times by _sourceHost, user, command | sort by times | limit 20`,
      ),
      logs(
        "line",
        "drops",
        "Packets that the host firewalls dropped on their way in, a minute, by server (10 at most are logged)",
        `${drops("in")} | timeslice 1m | count by _timeslice, _sourceHost | ${over("_sourceHost")}`,
      ),
      logs(
        "table",
        "drops-by-port",
        "Dropped on their way in, by source and port",
        `${drops("in")} | parse regex field=message "SRC=(?<source>\\S+)" | parse regex field=message "PROTO=(?<protocol>\\S+)" | parse regex field=message "DPT=(?<port>\\d+)" nodrop | count as packets by source, protocol, port | sort by packets | limit 10`,
      ),
      logs(
        "table",
        "drops-out",
        "Refused on their way out, by server and destination",
        `${drops("out")} | parse regex field=message "DST=(?<destination>\\S+)" | parse regex field=message "DPT=(?<port>\\d+)" nodrop | count as packets by _sourceHost, destination, port | sort by packets | limit 10`,
      ),
      logs(
        "line",
        "tls",
        "TLS handshakes that failed, a minute, by server",
        `(${data.logs("nginx-error")} or ${data.logs("system")}) (SSL_do_handshake or "SSL handshake failure") | timeslice 1m | count by _timeslice, _sourceHost | ${over("_sourceHost")}`,
      ),
      logs(
        "table",
        "limited",
        "Requests that were answered 429 (too many), by address",
        `${data.logs("nginx-access")} | json "client", "status" | where status = 429 | count as answers by client | sort by answers | limit 10`,
      ),
    ],
  };
};
