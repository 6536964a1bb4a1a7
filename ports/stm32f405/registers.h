// registers.h - the STM32F405's registers by address, and the functions through which its drivers reach them. Reference manual: RM0090.
//
// On the chip each is one load or store. With KR_CHIP_MODEL the same drivers run on a host against a program that reacts as the registers do
// (tests/stm32/chip).
// SPDX-License-Identifier: MIT
#ifndef KR_STM32_REGISTERS_H
#define KR_STM32_REGISTERS_H

#include "krait_config.h"

#ifndef KR_CHIP_MODEL
#define KR_CHIP_MODEL 0
#endif

// ---- Access --------------------------------------------------------------------------------------------------------------------

#if KR_CHIP_MODEL
uint32_t kr_reg_get(uint32_t address);
void kr_reg_set(uint32_t address, uint32_t value);
uint16_t kr_reg_get_16(uint32_t address);
void kr_reg_set_16(uint32_t address, uint16_t value);
uint8_t kr_reg_get_8(uint32_t address);
void kr_reg_set_8(uint32_t address, uint8_t value);
uint32_t kr_irq_save(void); // interrupts are off until kr_irq_restore with what it returned
void kr_irq_restore(uint32_t before);
void kr_chip_wait(void); // until something interrupts
#else
static KR_ALWAYS_INLINE uint32_t kr_reg_get(uint32_t address) { return *(volatile uint32_t *)address; }
static KR_ALWAYS_INLINE void kr_reg_set(uint32_t address, uint32_t value) { *(volatile uint32_t *)address = value; }
static KR_ALWAYS_INLINE uint16_t kr_reg_get_16(uint32_t address) { return *(volatile uint16_t *)address; }
static KR_ALWAYS_INLINE void kr_reg_set_16(uint32_t address, uint16_t value) { *(volatile uint16_t *)address = value; }
static KR_ALWAYS_INLINE uint8_t kr_reg_get_8(uint32_t address) { return *(volatile uint8_t *)address; }
static KR_ALWAYS_INLINE void kr_reg_set_8(uint32_t address, uint8_t value) { *(volatile uint8_t *)address = value; }
static KR_ALWAYS_INLINE uint32_t kr_irq_save(void) {
    uint32_t before;
    __asm volatile("mrs %0, primask\n cpsid i" : "=r"(before)::"memory");
    return before;
}
static KR_ALWAYS_INLINE void kr_irq_restore(uint32_t before) { __asm volatile("msr primask, %0" ::"r"(before) : "memory"); }
static KR_ALWAYS_INLINE void kr_chip_wait(void) { __asm volatile("wfi"); }
#endif

static KR_ALWAYS_INLINE void kr_reg_change(uint32_t address, uint32_t clear, uint32_t set) {
    kr_reg_set(address, (kr_reg_get(address) & ~clear) | set);
}

// ---- Addresses -----------------------------------------------------------------------------------------------------------------

// clang-format off
enum { // offsets in a block
    GPIO_MODER = 0x00, GPIO_OTYPER = 0x04, GPIO_OSPEEDR = 0x08, GPIO_PUPDR = 0x0C, GPIO_IDR = 0x10, GPIO_ODR = 0x14, GPIO_BSRR = 0x18,
    GPIO_AFRL = 0x20,
    USART_SR = 0x00, USART_DR = 0x04, USART_BRR = 0x08, USART_CR1 = 0x0C, USART_CR2 = 0x10, USART_CR3 = 0x14,
    SPI_CR1 = 0x00, SPI_SR = 0x08, SPI_DR = 0x0C,
    I2C_CR1 = 0x00, I2C_CR2 = 0x04, I2C_DR = 0x10, I2C_SR1 = 0x14, I2C_SR2 = 0x18, I2C_CCR = 0x1C, I2C_TRISE = 0x20,
    ADC_SR = 0x00, ADC_CR2 = 0x08, ADC_SMPR1 = 0x0C, ADC_SMPR2 = 0x10, ADC_SQR1 = 0x2C, ADC_SQR3 = 0x34, ADC_DR = 0x4C,
    TIM_CR1 = 0x00, TIM_EGR = 0x14, TIM_CCMR1 = 0x18, TIM_CCER = 0x20, TIM_CNT = 0x24, TIM_PSC = 0x28, TIM_ARR = 0x2C, TIM_CCR1 = 0x34,
    TIM_BDTR = 0x44,
};
// clang-format on

#define GPIO(port)     (0x40020000u + 0x400u * (uint32_t)(port)) // 0: A
#define TIM2           0x40000000u
#define RTC_TR         0x40002800u
#define RTC_DR         0x40002804u
#define RTC_ISR        0x4000280Cu
#define RTC_PRER       0x40002810u
#define RTC_WPR        0x40002824u
#define RTC_SSR        0x40002828u
#define IWDG_KR        0x40003000u
#define IWDG_PR        0x40003004u
#define IWDG_RLR       0x40003008u
#define IWDG_SR        0x4000300Cu
#define PWR_CR         0x40007000u
#define ADC_CCR        0x40012304u
#define SYSCFG_EXTICR  0x40013808u
#define EXTI_IMR       0x40013C00u
#define EXTI_RTSR      0x40013C08u
#define EXTI_FTSR      0x40013C0Cu
#define EXTI_PR        0x40013C14u
#define RCC_CR         0x40023800u
#define RCC_PLLCFGR    0x40023804u
#define RCC_CFGR       0x40023808u
#define RCC_AHB1ENR    0x40023830u
#define RCC_AHB2ENR    0x40023834u
#define RCC_APB1ENR    0x40023840u
#define RCC_APB2ENR    0x40023844u
#define RCC_BDCR       0x40023870u
#define RCC_CSR        0x40023874u
#define FLASH_ACR      0x40023C00u
#define RNG_CR         0x50060800u
#define RNG_SR         0x50060804u
#define RNG_DR         0x50060808u
#define USART1         0x40011000u
#define SYST_CSR       0xE000E010u
#define SYST_RVR       0xE000E014u
#define SYST_CVR       0xE000E018u
#define NVIC_ISER(irq) (0xE000E100u + (irq) / 32u * 4u)
#define NVIC_ICER(irq) (0xE000E180u + (irq) / 32u * 4u)
#define SCB_AIRCR      0xE000ED0Cu
#define SCB_CFSR       0xE000ED28u
#define SCB_HFSR       0xE000ED2Cu
#define SCB_MMFAR      0xE000ED34u
#define SCB_BFAR       0xE000ED38u

// In system memory, written when the chip is made (DS8626, RM0090 section 39).
#define CHIP_ID      0x1FFF7A10u // 12 bytes
#define CHIP_VREFINT 0x1FFF7A2Au // a half word: the reference's reading at 30 degrees and 3.3 V

static inline void kr_irq_enable(uint32_t irq) { kr_reg_set(NVIC_ISER(irq), 1u << irq % 32); }
static inline void kr_irq_disable(uint32_t irq) { kr_reg_set(NVIC_ICER(irq), 1u << irq % 32); }

#endif
