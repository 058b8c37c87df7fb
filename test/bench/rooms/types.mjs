export async function measureTypes() {
  return [];
}
