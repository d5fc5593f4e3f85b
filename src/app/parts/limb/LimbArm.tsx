import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import {
  formatDegrees,
  limbDegrees,
  limbPoint,
  limbTick,
  placeIn,
  type LimbFrame,
  type Sector,
} from "../../../chart/index.ts";
import { limb as english } from "../../words/en/limb.ts";
import { useWords } from "../../words/words.ts";
import { COLUMN_HEIGHT } from "./LimbArc.tsx";

interface LimbArmProps {
  readonly frame: LimbFrame;
  readonly sector: Sector;
  readonly cut: number | null;
  readonly within: number;
  readonly hits: number;
  /** null when it is put back to the end. */
  readonly onMove: (degrees: number | null) => void;
}

const STEP = 0.1;
const STRIDE = 1;
const KNOB = 34;

/** The index arm: dragged or moved by keys, it cuts off what is too far from the query. */
export function LimbArm({ frame, sector, cut, within, hits, onMove }: LimbArmProps) {
  const words = useWords("limb", english);
  const grip = useRef<SVGGElement>(null);
  const degrees = cut ?? sector.to;
  const move = (to: number): void => {
    const next = Math.round(Math.min(sector.to, Math.max(sector.from, to)) * 10) / 10;
    onMove(next >= sector.to ? null : next);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: degrees - STEP,
      ArrowDown: degrees - STEP,
      ArrowRight: degrees + STEP,
      ArrowUp: degrees + STEP,
      PageDown: degrees - STRIDE,
      PageUp: degrees + STRIDE,
      Home: sector.from,
      End: sector.to,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    move(next);
  };
  const onPointer = (event: PointerEvent<SVGGElement>): void => {
    if (event.buttons !== 1) return;
    if (event.type === "pointerdown") {
      event.currentTarget.setPointerCapture(event.pointerId);
      grip.current?.focus({ preventScroll: true });
    }
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (box) move(limbDegrees(frame, sector, { x: event.clientX - box.left, y: event.clientY - box.top }));
  };

  const knob = limbPoint(frame, sector, degrees, KNOB);
  const place = placeIn(sector, degrees);
  return (
    <g
      ref={grip}
      className="limb-arm"
      role="slider"
      tabIndex={0}
      aria-label={words.arm}
      aria-valuemin={sector.from}
      aria-valuemax={sector.to}
      aria-valuenow={Math.round(Math.min(sector.to, Math.max(sector.from, degrees)) * 10) / 10}
      aria-valuetext={cut === null ? words.armAtEnd(hits) : words.armAt(formatDegrees(cut), within, hits)}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      <title>{words.drag}</title>
      <path className="limb-arm-reach" d={limbTick(frame, sector, degrees, -COLUMN_HEIGHT - 8, KNOB + 8)} />
      <path className="limb-arm-line" d={limbTick(frame, sector, degrees, -COLUMN_HEIGHT - 4, KNOB - 7)} />
      <circle cx={knob.x} cy={knob.y} r="7" />
      {cut !== null && (
        <text x={knob.x + (place > 0.5 ? -12 : 12)} y={knob.y + 4} textAnchor={place > 0.5 ? "end" : "start"}>
          {formatDegrees(cut)}
        </text>
      )}
    </g>
  );
}
