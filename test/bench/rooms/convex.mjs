export async function measureConvex() {
  return [];
}
