import { createContext, use } from "react";
import { useStore } from "zustand";
import type { AppActions, AppState, AppStore } from "./store.ts";

/** Gives the store of this mount to everything below. */
export const AppStoreContext = createContext<AppStore | null>(null);

function useAppStore(): AppStore {
  const store = use(AppStoreContext);
  if (store === null) throw new Error("Render this inside <AppStoreContext>.");
  return store;
}

/** Selects from the state; the selector must return what is in the state or a primitive. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useAppStore().state, select);
}

export function useActions(): AppActions {
  return useAppStore().actions;
}
