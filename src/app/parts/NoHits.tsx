import { useActions, useApp } from "../state/context.tsx";

/** Nothing was found: says so, and offers the one switch that could change it. */
export function NoHits() {
  const mode = useApp((state) => state.query.mode);
  const { query } = useActions();
  return (
    <div className="no-hits">
      <p>Nothing here matches.</p>
      {mode === "keywords" ? (
        <button type="button" className="button" onClick={() => query.setMode("hybrid")}>
          Search by meaning as well
        </button>
      ) : (
        <p className="quiet">Ask in other words, or add the material that would answer it.</p>
      )}
    </div>
  );
}
