import { afterEach, expect, test, vi } from "vitest";
import { readMoment } from "./moment.ts";

afterEach(() => vi.unstubAllEnvs());

test.each(["UTC", "Asia/Tokyo", "America/St_Johns"])("times are read alike on a machine in %s", (zone) => {
  vi.stubEnv("TZ", zone);
  const read = {
    "2024-05-01 10:32": "2024-05-01T10:32",
    "2024-05-01T10:32:07.1234": "2024-05-01T10:32:07.123",
    "2024-05-01": "2024-05-01T00:00",
    "May 1, 2024 10:32 PM": "2024-05-01T22:32:00.000",
    "2024-05-01T10:32Z": "2024-05-01T10:32:00.000Z",
    "2024-05-01 10:32+0900": "2024-05-01T01:32:00.000Z",
    "2024-05-01 10:32:00+09": "2024-05-01T01:32:00.000Z",
    "2024-05-01T00:10-03:30": "2024-05-01T03:40:00.000Z",
    "Wed, 01 May 2024 10:32:00 +0200": "2024-05-01T08:32:00.000Z",
    "Wed, 01 May 2024 10:32:00 GMT": "2024-05-01T10:32:00.000Z",
    "2024-13-01T10:32": null,
    "10:32": null,
    "yesterday": null,
  }; // prettier-ignore
  expect(Object.fromEntries(Object.keys(read).map((written) => [written, readMoment(written)]))).toEqual(
    read,
  );
});
