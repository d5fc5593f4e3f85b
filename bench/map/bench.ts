import { parseArgs } from "node:util";
import { openBrowser } from "../browser.ts";
import { median } from "../timing.ts";

export interface MapMoves {
  readonly points: number;
  readonly frames: number;
  readonly seed: number;
}

/** What the page measured; times a frame in the order of the frames. Units: milliseconds. */
export interface MapTimes {
  readonly adapter: string;
  readonly hasPainted: boolean;
  /** Frames in which a point was pointed at and its neighbours were not shown. */
  readonly wrong: number;
  readonly seconds: number;
  readonly frames: number;
  /** Picking, labels, React and handing the frame over to the GPU. */
  readonly ownMs: readonly number[];
  readonly pickMs: readonly number[];
  readonly regionsMs: number;
  readonly regions: number;
  readonly lassoMs: number;
  readonly stepMs: number;
}

const BUNDLED = ["react", "react-dom", "react-dom/client", "react/jsx-runtime", "react/jsx-dev-runtime"];

/** Frames a second of the map while it is panned and zoomed, and what the page's own thread does for each. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      points: { type: "string", default: "100000" },
      frames: { type: "string", default: "300" },
      seed: { type: "string", default: "1" },
      headed: { type: "boolean", default: false },
    },
  });
  const moves: MapMoves = {
    points: Number(values.points),
    frames: Number(values.frames),
    seed: Number(values.seed),
  };
  for (const size of [moves.points, moves.frames])
    if (!Number.isInteger(size) || size < 1)
      throw new Error(`${size} is not a size; give a whole number from 1.`);
  const browser = await openBrowser({ bundled: BUNDLED, headed: values.headed });
  try {
    const work = { module: "bench/page/map-scene.tsx", call: "measureMap", input: moves };
    const times = await browser.callPage<MapTimes>(work);
    if (!times.hasPainted || times.wrong > 0)
      throw new Error(`The map was not drawn as asked: ${times.wrong} frames were wrong.`);
    const isSoftware = /swiftshader|llvmpipe|software/i.test(times.adapter);
    if (isSoftware) console.error("SOFTWARE WEBGL: frames a second say nothing of a GPU; own times do.");
    return {
      browser: browser.version,
      adapter: times.adapter,
      isSoftware,
      ...moves,
      framesASecond: times.frames / times.seconds,
      ownMsAFrame: spreadOf(times.ownMs),
      pickMsAFrame: spreadOf(times.pickMs),
      framesOver16Ms: times.ownMs.filter((ms) => ms > 16).length,
      regions: times.regions,
      regionsMs: times.regionsMs,
      lassoMs: times.lassoMs,
      keyStepMs: times.stepMs,
    };
  } finally {
    await browser.close();
  }
}

function spreadOf(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    least: sorted[0],
    p50: median(values),
    p95: sorted[Math.floor(sorted.length * 0.95)],
    most: sorted.at(-1),
  };
}
