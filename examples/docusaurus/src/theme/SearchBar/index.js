import React from "react";

/** Takes the place of the theme's search wherever the navigation bar has `{ type: "search" }`. */
export default function SearchBar() {
  return <sextant-search class="bar-search" />;
}
