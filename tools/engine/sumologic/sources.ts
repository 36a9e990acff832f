import { type Maker, posted } from "../kind";
import { given, object, type Props, text } from "../props";

/** A hosted collector. */
export const collector: Maker = posted({
  path: "v1/collectors",
  wrap: "collector",
  body: ({ timezone, ...rest }) => ({
    collector: given({ ...rest, collectorType: "Hosted", timeZone: timezone }),
  }),
});

/** An HTTP source. Its address comes with a second call, as only the API's list of sources has it. */
export const httpSource: Maker = async (inputs, api) => {
  const path = `v1/collectors/${text(inputs.collectorId)}/sources`;
  const created = object((await api.call("POST", path, { source: source(inputs) })).source);
  const { url, token, baseUrl } = object((await api.call("GET", `${path}/${text(created.id)}`)).source);
  return { id: text(created.id), outputs: given({ ...inputs, url, token, baseUrl }) };
};

function source({ collectorId: _, timezone, forceTimezone, ...rest }: Props): Props {
  return given({
    automaticDateParsing: true,
    multilineProcessingEnabled: true,
    useAutolineMatching: true,
    messagePerRequest: false,
    ...rest,
    sourceType: "HTTP",
    timeZone: timezone,
    forceTimeZone: forceTimezone ?? false,
  });
}
