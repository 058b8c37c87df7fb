export interface Place {
  lat: number;
  lng: number;
}
