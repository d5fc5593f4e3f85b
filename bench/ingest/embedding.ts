import { openNodeEngine } from "../../src/cli/node-engine.ts";
import { timed } from "../timing.ts";
import { notes } from "./queries.ts";

const PASSAGES = 256;

/** The other half of putting in: passages that were cut before get their vectors from the bundled model, in this process. */
export async function measureEmbedding(): Promise<object> {
  const { face, close } = await openNodeEngine();
  try {
    const { id } = await face.createCollection({ name: "notes", kind: "document" });
    await face.add({ collectionId: id, files: [{ name: "first.md", content: notes(0, 8) }] });
    await face.index({ collectionId: id, task: "qa" });
    const content = notes(8, PASSAGES);
    const cutMs = await timed(() => face.add({ collectionId: id, files: [{ name: "second.md", content }] }));
    const embedMs = await timed(async () => {
      const { embedded } = await face.index({ collectionId: id, task: "qa" });
      if (embedded !== PASSAGES) throw new Error(`${embedded} passages were embedded, not ${PASSAGES}`);
    });
    const perSecond = (ms: number): number => Math.round((PASSAGES / ms) * 1000);
    return { passages: PASSAGES, cutPerSecond: perSecond(cutMs), embeddedPerSecond: perSecond(embedMs) };
  } finally {
    await close();
  }
}
