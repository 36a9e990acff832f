import { list, object, text } from "../../tools/engine/props";
import type { Resource, Resources } from "../resource";
import { each, type Rule } from "../rule";
import { droplet, selects } from "../servers";

export const serverAlerted: Rule = {
  name: "server-alerted",
  holds: "Every server is watched by a monitor.",
  reason: "Nobody looks at a dashboard at night.",
  fix: "Let a Sumo Logic monitor search what it sends, or a DigitalOcean alert select its tag.",
  check: each(droplet, (server, resources) => {
    const alert = resources.of("digitalocean:MonitorAlert").find((one) => selects(one, server));
    const searches = resources
      .of("sumologic:Monitor")
      .filter(({ props }) => props.isDisabled !== true)
      .flatMap(({ props }) => list(props.queries).map((query) => text(object(query).query)));
    const watched = categoriesOf(server, resources).some((category) =>
      searches.some((search) => search.includes(`_sourceCategory=${category}`)),
    );
    return !alert && !watched && "is watched by no monitor";
  }),
};

/** What the server sends, by category. */
const categoriesOf = (server: Resource, resources: Resources): string[] =>
  resources
    .of("sumologic:HttpSource")
    .filter(({ props }) => props.hostName === server.props.name)
    .map(({ props }) => text(props.category));
