import { Dialog } from "@base-ui/react/dialog";
import { useId, useState } from "react";
import { ingest } from "../words/en/ingest.ts";
import { queue as english } from "../words/en/queue.ts";
import { useWords } from "../words/words.ts";

/** A web address, with what a browser does not allow said before it is tried. */
export function AddressForm({ onAdd }: { readonly onAdd: (url: string) => void }) {
  const words = useWords("queue", english);
  const common = useWords("ingest", ingest);
  const [url, setUrl] = useState("");
  const id = useId();
  const isAddress = /^https?:$/.test(URL.canParse(url.trim()) ? new URL(url.trim()).protocol : "");
  return (
    <div className="paste">
      <Dialog.Description className="quiet">{words.cors}</Dialog.Description>
      <label htmlFor={id}>{words.address}</label>
      <input
        id={id}
        type="url"
        className="field"
        placeholder="https://"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <p className="dialog-foot">
        <Dialog.Close className="button">{common.cancel}</Dialog.Close>
        <Dialog.Close className="button strong" disabled={!isAddress} onClick={() => onAdd(url.trim())}>
          {common.add}
        </Dialog.Close>
      </p>
    </div>
  );
}
