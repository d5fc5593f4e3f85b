import { CPU_CASES, testGraphs } from "./bert.contract.ts";

testGraphs(CPU_CASES, () => Promise.resolve(null));
