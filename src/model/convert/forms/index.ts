import type { Dtype } from "../../../contract/index.ts";
import type { Form } from "./form.ts";
import { fp16 } from "./fp16.ts";
import { fp32 } from "./fp32.ts";
import { q4 } from "./q4.ts";
import { q8 } from "./q8.ts";

/** How each precision is stored. */
export const FORMS: Readonly<Record<Dtype, Form>> = { fp32, fp16, q8, q4 };
