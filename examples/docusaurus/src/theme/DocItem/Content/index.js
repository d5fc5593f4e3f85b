import React from "react";
import Content from "@theme-original/DocItem/Content";

export default function SearchedContent(props) {
  return (
    <div data-pagefind-body>
      <Content {...props} />
    </div>
  );
}
