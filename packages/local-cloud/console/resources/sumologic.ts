import type { Core } from "../../core/core";
import type { Collector } from "../../sumologic/collectors";
import type { Connection } from "../../sumologic/connections";
import type { Folder } from "../../sumologic/content-library";
import type { Dashboard } from "../../sumologic/dashboards";
import type { ExtractionRule } from "../../sumologic/extraction-rules";
import type { Field } from "../../sumologic/fields";
import type { LibraryItem } from "../../sumologic/library-tree";
import type { Monitor } from "../../sumologic/monitors";
import type { Source } from "../../sumologic/sources";
import type { ResourceKind } from "../shapes";
import { kindsOf } from "./kind";

/** What the Sumo Logic account holds, without anything secret: no source's address, no webhook's. */
export function sumologic({ store }: Core): ResourceKind[] {
  const kind = kindsOf("Sumo Logic");
  const list = <T extends object>(name: string) => store.collection<T>(`sumologic/${name}`).list();
  const collectors = list<Collector>("collectors");
  const ofType = (name: string, type: string) =>
    list<LibraryItem>(name).filter(({ contentType }) => contentType === type);
  return [
    kind("Collectors", collectors, ({ category, fields }) => [category, ...pairs(fields)]),
    kind("Sources", list<Source>("sources"), ({ collectorId, category, contentType }) => [
      collectors.find(({ id }) => id === collectorId)?.name,
      category,
      contentType,
    ]),
    kind("Fields", list<Field>("fields"), ({ dataType, state }) => [dataType, state]),
    kind("Extraction rules", list<ExtractionRule>("extraction-rules"), ({ scope, fieldNames }) => [
      scope,
      ...fieldNames,
    ]),
    kind("Folders", list<Folder>("folders"), ({ description }) => [description]),
    kind("Dashboards", list<Dashboard>("dashboards"), ({ panels }) => [`${panels.length} panels`]),
    kind(
      "Monitors",
      list<Monitor>("monitors").filter(({ contentType }) => contentType === "Monitor"),
      ({ status, monitorType }) => [...status, monitorType],
    ),
    kind("Monitor folders", ofType("monitors", "Folder"), ({ description }) => [description]),
    kind("SLOs", ofType("slos", "Slo"), ({ description }) => [description]),
    kind("Connections", list<Connection>("connections"), ({ webhookType }) => [webhookType]),
  ];
}

const pairs = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields).map(([name, value]) => `${name}=${value}`);
