import { fitCanvas, MOST_COLOURS, pointSize, type PointsPainter } from "./points-painter.ts";

const VERTEX = `#version 300 es
in vec2 place;
in float colour;
uniform vec4 window;
uniform float size;
uniform vec4 palette[${MOST_COLOURS}];
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

/** Opens a painter that draws on the GPU; null where the browser has no WebGL 2. */
export function openGlPoints(canvas: HTMLCanvasElement): PointsPainter | null {
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
  gl.clearColor(0, 0, 0, 0);
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
  let [points, coloured] = [0, 0];

  return {
    setPlaces(places) {
      points = places.length / 2;
      gl.bindBuffer(gl.ARRAY_BUFFER, placeBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, places, gl.DYNAMIC_DRAW);
      paint();
    },
    setColours(indices, palette) {
      coloured = indices.length;
      gl.bindBuffer(gl.ARRAY_BUFFER, colourBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, indices, gl.DYNAMIC_DRAW);
      const flat = new Float32Array(MOST_COLOURS * 4);
      for (const [i, colour] of palette.slice(0, MOST_COLOURS).entries()) flat.set(colour, i * 4);
      gl.uniform4fv(paletteAt ?? null, flat);
      paint();
    },
    draw(view, size, pixelRatio) {
      const { x, y, scale } = view;
      fitCanvas(canvas, size, pixelRatio);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.uniform4f(windowAt ?? null, x, y, (2 * scale) / size.width, (2 * scale) / size.height);
      gl.uniform1f(sizeAt ?? null, pointSize(points, size) * pixelRatio);
      paint();
    },
    close() {
      gl.deleteBuffer(placeBuffer);
      gl.deleteBuffer(colourBuffer);
      gl.deleteProgram(program);
    },
  };

  function paint(): void {
    gl?.clear(gl.COLOR_BUFFER_BIT);
    gl?.drawArrays(gl.POINTS, 0, Math.min(points, coloured));
  }
}
