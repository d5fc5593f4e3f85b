export { connect } from "./connect.ts";
export { direct } from "./direct.ts";
export { faceOf } from "./face.ts";
export { portLink } from "./links.ts";
export { joinTab, serveTabs } from "./tabs.ts";
export type { Link } from "./protocol.ts";
export { serve } from "./serve.ts";
export type { EngineStart, StorageNews, StorageStart } from "./start.ts";
