/**
 * How the balancer checks the web servers: as quickly as DigitalOcean allows (3 seconds at the least), so that a
 * server that dies is left within ten seconds or so. A server that is to stop waits as long before it does.
 */
export const healthCheck = {
  intervalSeconds: 3,
  timeoutSeconds: 3,
  unhealthyThreshold: 3,
  healthyThreshold: 2,
} as const;

/** By then the balancer has left a server whose check fails, in seconds. */
export const leftAfterSeconds =
  healthCheck.intervalSeconds * healthCheck.unhealthyThreshold + healthCheck.timeoutSeconds;

/** By then it has left a server that has fallen silent, in seconds: each check takes its whole time, and only then comes the pause. */
export const silenceNoticedSeconds =
  healthCheck.unhealthyThreshold * (healthCheck.intervalSeconds + healthCheck.timeoutSeconds);
