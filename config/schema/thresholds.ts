import { z } from "zod";

const percentage = z.number().positive().max(100);
const positive = z.number().positive();

const limits = (value: z.ZodNumber, warning: number, critical: number, side: "above" | "below") =>
  z
    .strictObject({
      warning: value.default(warning).meta({ description: `Warn from here ${side}.` }),
      critical: value.default(critical).meta({
        description: `Alert from here ${side}; ${side === "above" ? "more" : "less"} than \`warning\`.`,
      }),
    })
    .prefault({});

const rising = (value: z.ZodNumber, warning: number, critical: number, description: string) =>
  limits(value, warning, critical, "above").meta({ description });

const falling = (value: z.ZodNumber, warning: number, critical: number, description: string) =>
  limits(value, warning, critical, "below").meta({ description });

const risingThresholds = {
  qpsPercent: rising(
    percentage,
    70,
    90,
    "QPS of a web server in percent of `monitoring.capacityQps`: above 70 the loss of one of three servers is too much for the others.",
  ),
  serverErrorPercent: rising(
    percentage,
    1,
    5,
    "Answers with a 5xx status in percent of all: 1 is noticed by some visitors, 5 by most.",
  ),
  clientErrorPercent: rising(
    percentage,
    10,
    30,
    "Answers with a 4xx status in percent of all: robots alone make a few, above 10 a link or a release is broken, at 30 most of a page is.",
  ),
  unservedPercent: rising(
    percentage,
    1,
    10,
    "Requests for which no application server was found, in percent of all: a healthy stack has none, so 1 is no chance, and 10 is an outage.",
  ),
  latencyMs: rising(
    positive,
    500,
    2000,
    "95th percentile of the answer time in milliseconds: half a second feels slow, after two visitors leave.",
  ),
  cpuPercent: rising(
    percentage,
    80,
    95,
    "CPU use in percent: above 80 requests begin to queue, at 95 nothing is left for a peak.",
  ),
  memoryPercent: rising(
    percentage,
    80,
    92,
    "Memory use in percent: above 80 the page cache shrinks, at 92 the kernel is near killing.",
  ),
  diskPercent: rising(
    percentage,
    80,
    90,
    "Disk use in percent: at 80 there is time to act, at 90 a burst of logs may fill it.",
  ),
  diskForecastPercent: rising(
    percentage,
    90,
    100,
    "Disk use in percent that is reached in 24 hours if it goes on as in the last 6: at 90 there is a working day left, at 100 the disk is full by then.",
  ),
  clockSeconds: rising(
    positive,
    0.5,
    10,
    "How far the clock is off, in seconds: half a second puts log lines of different servers in a wrong order, ten make new certificates and tokens fail.",
  ),
  downMinutes: rising(
    z.int().min(1).max(5),
    1,
    3,
    "Minutes of the last five in which a service was not running, a file system was read-only or the agent unwell: one may be a restart, three are not.",
  ),
  failedUnits: rising(
    positive,
    1,
    3,
    "Units of systemd that have failed: one is a job to be mended, with three the server itself is suspect.",
  ),
  sshGuesses: rising(
    positive,
    10,
    100,
    "Failed SSH logins in five minutes: a person who mistypes stays below 10, only a machine makes 100.",
  ),
  slowQueriesPerMinute: rising(
    positive,
    5,
    60,
    "Statements a minute that took over a second: a few come from reports, one every second holds up visitors.",
  ),
  refusedConnections: rising(
    positive,
    1,
    20,
    "Connections that the database refused in five minutes: each is a request that failed, 20 are more than a restart explains.",
  ),
  abortedConnections: rising(
    positive,
    10,
    100,
    "Connections to the database that ended without a farewell, in five minutes: a restarted application leaves some behind, 100 point to the network or to time-outs.",
  ),
  replicaLagSeconds: rising(
    positive,
    10,
    60,
    "How far a replica is behind the writer, in seconds: at 10 visitors read what they have just changed, at 60 a promotion takes too long.",
  ),
  flowControlPercent: rising(
    percentage,
    10,
    50,
    "Share of the time that a node of the cluster waited for a slower one: from 10 percent writes are felt to be slow, at half the time the cluster is overloaded.",
  ),
  failedBackups: rising(
    positive,
    1,
    3,
    "Failed backups in an hour: the next one may succeed, three in a row will not.",
  ),
  backupHours: rising(
    positive,
    26,
    50,
    "Hours since the last good full backup, which is made every night: 26 leave time for a slow one, 50 are two nights missed.",
  ),
  restoreTestHours: rising(
    positive,
    192,
    360,
    "Hours since the last successful test of a restore, which is made every week: 192 are a week and a day, 360 are two weeks and a day.",
  ),
};

const fallingThresholds = {
  qpsOfUsualPercent: falling(
    percentage,
    50,
    20,
    "Requests of the last five minutes in percent of those usual in the last hour: nothing that visitors do halves them so fast.",
  ),
  certificateDays: falling(
    positive,
    30,
    7,
    "Days that a server's certificate is still valid: every update within its last 60 days renews it, so at 30 nobody has run one for a month, and at 7 there is a week left to.",
  ),
};

/** Whether a threshold alerts when the value falls to it; the others do when it rises. */
export const isFalling = (threshold: string): boolean => threshold in fallingThresholds;

export const thresholds = z
  .strictObject({ ...risingThresholds, ...fallingThresholds })
  .prefault({})
  .meta({ description: "When the monitors warn and alert." });
