export async function measureBundle() {
  return [];
}
