import type { PassageRecord, ToolParameter } from "../../../contract/index.ts";

/** What a tool takes: required parameters first. */
export function ToolParameters({ record }: { readonly record: PassageRecord }) {
  if (record.kind !== "tool" || record.required.length + record.optional.length === 0) return null;
  return (
    <dl className="parameters">
      {record.required.map((parameter) => (
        <Parameter key={parameter.name} parameter={parameter} required />
      ))}
      {record.optional.map((parameter) => (
        <Parameter key={parameter.name} parameter={parameter} required={false} />
      ))}
    </dl>
  );
}

function Parameter({
  parameter,
  required,
}: {
  readonly parameter: ToolParameter;
  readonly required: boolean;
}) {
  const { name, type, description } = parameter;
  return (
    <div>
      <dt>
        <code>{name}</code>
        <span className="quiet">
          {" "}
          {type.toLowerCase()}
          {required ? "" : ", optional"}
        </span>
      </dt>
      {description !== "" && <dd>{description}</dd>}
    </div>
  );
}
