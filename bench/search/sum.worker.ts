import { openSum } from "./sum-pass.ts";

/** First how many bytes there are, then a pass over them each time. */
export interface SumRequest {
  readonly bytes?: number;
}

/** Milliseconds of the pass. */
export type SumAnswer = number;

let sum: ReturnType<typeof openSum> | undefined;
onmessage = ({ data: { bytes } }: MessageEvent<SumRequest>) => {
  if (bytes !== undefined) sum = openSum(bytes);
  postMessage((sum?.pass() ?? Number.NaN) satisfies SumAnswer);
};
