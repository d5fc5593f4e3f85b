import type { MapView, Size } from "../../../chart/index.ts";

type Rgba = readonly [number, number, number, number];

/** Points on a canvas, drawn by the GPU. */
export interface PointsPainter {
  /** Shape: places f32[points, 2]. */
  setPlaces(places: Float32Array): void;
  /** One of the palette's colours a point. */
  setColours(indices: Uint8Array, palette: readonly Rgba[]): void;
  draw(view: MapView, size: Size, pixelRatio: number): void;
  close(): void;
}

const VERTEX = `#version 300 es
in vec2 place;
in float colour;
uniform vec4 window;
uniform float size;
uniform vec4 palette[16];
out vec4 tint;
void main() {
  gl_Position = vec4((place - window.xy) * window.zw, 0.0, 1.0);
  gl_PointSize = size;
  tint = palette[int(colour)];
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 tint;
out vec4 paint;
void main() {
  float away = length(gl_PointCoord - 0.5) * 2.0;
  float edge = 1.0 - smoothstep(0.75, 1.0, away);
  if (edge <= 0.0) discard;
  paint = vec4(tint.rgb * tint.a * edge, tint.a * edge);
}`;

export const MOST_COLOURS = 16;

/** Opens a painter on a canvas; null where the browser has no WebGL 2. */
export function openPoints(canvas: HTMLCanvasElement): PointsPainter | null {
  const gl = canvas.getContext("webgl2", { antialias: false, preserveDrawingBuffer: true });
  if (!gl) return null;
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return null;
  gl.useProgram(program);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  const [placeBuffer, colourBuffer] = [gl.createBuffer(), gl.createBuffer()];
  const attribute = (name: string, buffer: WebGLBuffer, size: number, type: number): void => {
    const at = gl.getAttribLocation(program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, type, false, 0, 0);
  };
  attribute("place", placeBuffer, 2, gl.FLOAT);
  attribute("colour", colourBuffer, 1, gl.UNSIGNED_BYTE);
  const [windowAt, sizeAt, paletteAt] = ["window", "size", "palette"].map((name) =>
    gl.getUniformLocation(program, name),
  );
  let points = 0;

  return {
    setPlaces(places) {
      points = places.length / 2;
      gl.bindBuffer(gl.ARRAY_BUFFER, placeBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, places, gl.DYNAMIC_DRAW);
    },
    setColours(indices, palette) {
      gl.bindBuffer(gl.ARRAY_BUFFER, colourBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, indices, gl.DYNAMIC_DRAW);
      const flat = new Float32Array(MOST_COLOURS * 4);
      for (const [i, colour] of palette.slice(0, MOST_COLOURS).entries()) flat.set(colour, i * 4);
      gl.uniform4fv(paletteAt ?? null, flat);
    },
    draw({ x, y, scale }, { width, height }, pixelRatio) {
      canvas.width = Math.round(width * pixelRatio);
      canvas.height = Math.round(height * pixelRatio);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.uniform4f(windowAt ?? null, x, y, (2 * scale) / width, (2 * scale) / height);
      gl.uniform1f(sizeAt ?? null, pointSize(points) * pixelRatio);
      gl.drawArrays(gl.POINTS, 0, points);
    },
    close() {
      gl.deleteBuffer(placeBuffer);
      gl.deleteBuffer(colourBuffer);
      gl.deleteProgram(program);
    },
  };
}

/** The more points, the smaller each. Units: pixels. */
function pointSize(points: number): number {
  return Math.max(2, Math.min(8, 160 / Math.sqrt(Math.max(1, points))));
}
