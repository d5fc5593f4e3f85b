import { expect, test } from "vitest";
import { givenParameters } from "./fill.ts";

const parameter = (name: string, type = "STRING", description = "") => ({
  name,
  type,
  description,
  default: "",
});
const given = (request: string, ...parameters: ReturnType<typeof parameter>[]) =>
  givenParameters(request, parameters).map(({ name, words }) => `${name}: ${words}`);

test("values are known by their shape where the parameter's name asks for one", () => {
  const flight = [parameter("origin"), parameter("departureDate"), parameter("passengers", "INTEGER")];
  expect(given("Book a flight from New York tomorrow for 2 passengers", ...flight)).toEqual([
    "origin: New York",
    "departureDate: tomorrow",
    "passengers: 2",
  ]);
  expect(given("Write to ann@example.org", parameter("to_email"))).toEqual(["to_email: ann@example.org"]);
});

test("a value that the description offers counts when the request says it", () => {
  const units = parameter("units", "STRING", "One of 'metric' or 'imperial'.");
  expect(given("Weather in metric units", units)).toEqual(["units: metric"]);
  const part = parameter("part", "STRING", "A part of the day (e.g., morning, afternoon)");
  expect(given("Is there snow this morning?", part)).toEqual(["part: morning"]);
});

test("a number belongs to a parameter only where the request speaks of it", () => {
  expect(given("Show 5 results", parameter("limit", "NUMBER", "How many results to return"))).toEqual([
    "limit: 5",
  ]);
  expect(given("Show 5 results", parameter("latitude", "NUMBER", "Of the place"))).toEqual([]);
});

test("the parameter's own word counts, one of its description does not", () => {
  expect(given("Which genre is this song?", parameter("genre"))).toEqual(["genre: genre"]);
  expect(given("Play a song", parameter("id", "STRING", "Identifier of the song"))).toEqual([]);
  expect(given("", parameter("genre"))).toEqual([]);
});
