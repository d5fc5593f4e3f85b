import { Diagnostics } from "../diagnostics/Diagnostics.tsx";
import { Palette } from "../palette/Palette.tsx";
import { ShortcutList } from "../palette/ShortcutList.tsx";
import { Tour } from "../tour/Tour.tsx";

/** What is laid over the page, one at a time; loaded when the first of them is asked for. */
export function Overlays() {
  return (
    <>
      <Palette />
      <ShortcutList />
      <Diagnostics />
      <Tour />
    </>
  );
}
