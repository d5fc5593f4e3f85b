import type { PassageRecord, ToolParameter } from "../../../contract/index.ts";
import { useApp } from "../../state/context.tsx";
import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";
import { givenParameters } from "./fill.ts";
import { views } from "../../words/en/views.ts";

/** What a tool takes, required parameters first, and which of them the request seems to give. */
export function ToolParameters({ record }: { readonly record: PassageRecord }) {
  const request = useApp((state) => {
    const { query } = state.results.tool;
    return query?.task === "tool" ? query.request : "";
  });
  const words = useWords("benches", benches).tool;
  if (record.kind !== "tool" || record.required.length + record.optional.length === 0) return null;
  const given = givenParameters(request, [...record.required, ...record.optional]);
  const missing = record.required.filter(({ name }) => given.every((one) => one.name !== name));
  return (
    <>
      <dl className="parameters">
        {record.required.map((parameter) => (
          <Parameter key={parameter.name} parameter={parameter} required given={given} />
        ))}
        {record.optional.map((parameter) => (
          <Parameter key={parameter.name} parameter={parameter} required={false} given={given} />
        ))}
      </dl>
      {missing.length > 0 && (
        <p className="parameters-missing quiet">
          {words.missing(missing.map(({ name }) => name).join(", "))}
        </p>
      )}
    </>
  );
}

interface ParameterProps {
  readonly parameter: ToolParameter;
  readonly required: boolean;
  readonly given: ReturnType<typeof givenParameters>;
}

function Parameter({ parameter, required, given }: ParameterProps) {
  const words = useWords("benches", benches).tool;
  const { optional } = useWords("views", views).tool;
  const { name, type, description } = parameter;
  const found = given.find((one) => one.name === name);
  return (
    <div data-given={found ? true : undefined}>
      <dt>
        <code>{name}</code>
        <span className="quiet">
          {" "}
          {type.toLowerCase()}
          {required ? "" : optional}
        </span>
        {found && (
          <span className="given">
            {" "}
            {words.seems}: {words.evidence(found.words)}
          </span>
        )}
      </dt>
      {description !== "" && <dd dir="auto">{description}</dd>}
    </div>
  );
}
