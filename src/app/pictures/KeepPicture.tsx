import { useState, type RefObject } from "react";
import { useActions } from "../state/context.tsx";
import { pictures as english } from "../words/en/pictures.ts";
import { useWords } from "../words/words.ts";

interface KeepPictureProps {
  /** What is saved is drawn in it. */
  readonly frame: RefObject<HTMLElement | null>;
  readonly name: string;
}

/** Saves the pictures of a frame as they stand. */
export function KeepPicture({ frame, name }: KeepPictureProps) {
  const words = useWords("pictures", english);
  const { jobs } = useActions();
  const [isEmpty, setEmpty] = useState(false);
  const keep = async (format: "svg" | "png"): Promise<void> => {
    try {
      const { savePicture } = await import("./save-picture.ts");
      if (frame.current) setEmpty(!(await savePicture(frame.current, `sextant-${name}`, format)));
      jobs.settle(words.keep);
    } catch (error) {
      jobs.fail(words.keep, error);
    }
  };
  return (
    <span className="picture-keep" role="group" aria-label={words.keep}>
      {isEmpty && <span role="status">{words.nothingDrawn}</span>}
      <button type="button" className="link" onClick={() => void keep("svg")}>
        {words.asSvg}
      </button>
      <button type="button" className="link" onClick={() => void keep("png")}>
        {words.asPng}
      </button>
    </span>
  );
}
