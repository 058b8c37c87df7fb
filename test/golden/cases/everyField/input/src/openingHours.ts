export interface OpeningHours {
  from: number;
  to: number;
  days: string[];
}
