/** Starts the bench's worker and hands it the work, with the files that were picked. */
export function callWorker(work: object): Promise<object> {
  return new Promise((resolve, reject) => {
    const worker = new Worker("/bench/page/bench.worker.ts", { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<{ result?: object; error?: string }>) => {
      if (data.result === undefined) reject(new Error(data.error));
      else resolve(data.result);
    };
    worker.onerror = (event) => reject(new Error(event.message || "the worker did not start"));
    const picker = document.querySelector<HTMLInputElement>("#files");
    const files = [...(picker?.files ?? [])].map((content) => ({
      path: content.webkitRelativePath.split("/").slice(1).join("/"),
      content,
    }));
    worker.postMessage({ ...work, files });
  });
}
