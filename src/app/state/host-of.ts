/** The host of an address, which says in few letters where requests go; the address itself where it is none yet. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
