import type { Rule } from "./rule";
import { accessRules } from "./rules/access";
import { appRules } from "./rules/app";
import { certificateRules } from "./rules/certificate";
import { databaseRules } from "./rules/database";
import { domainRules } from "./rules/domain";
import { monitoringRules } from "./rules/monitoring";
import { networkRules } from "./rules/network";
import { poolRules } from "./rules/pools";
import { stackRules } from "./rules/stack";
import { tlsRules } from "./rules/tls";

/** Every rule, in the order of the settings. */
export const rules: readonly Rule[] = [
  ...stackRules,
  ...domainRules,
  ...networkRules,
  ...poolRules,
  ...databaseRules,
  ...tlsRules,
  ...certificateRules,
  ...appRules,
  ...accessRules,
  ...monitoringRules,
];
