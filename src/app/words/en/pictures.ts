/** The pictures of an answer: six ways at once, the map, two settings side by side. */
export const pictures = {
  choose: "Picture",
  names: { limb: "Limb", "six-way": "Six ways", map: "Map", compare: "Compare" },
  explained: {
    limb: "Every hit at its angle from the query",
    "six-way": "The same text under all six instructions",
    map: "All passages in two dimensions, the query and its hits on them",
    compare: "The same queries under two settings",
  },
  loading: "Drawing…",
  keep: "Save the picture",
  nothingDrawn: "Nothing is drawn yet.",
  asSvg: "SVG",
  asPng: "PNG",
};
